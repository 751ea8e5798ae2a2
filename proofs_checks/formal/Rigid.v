(* The lemma limit-set for rigid points: Caratheodory's theorem, and why S is finite. *)
From Exactdyn Require Export Basin Spreading Itineraries.
Import ListNotations.
Open Scope Q_scope.

(* -- sums over a list of numbers that a test picks -- *)
Lemma list_dot_filter (q : nat -> bool) (g h : nat -> Q) m :
  list_dot (map g (filter q (seq 0 m))) (map h (filter q (seq 0 m))) == sum m (fun j => if q j then g j * h j else 0).
Proof.
  assert (App : forall a b : list nat, list_dot (map g (a ++ b)) (map h (a ++ b)) == list_dot (map g a) (map h a) + list_dot (map g b) (map h b)).
  { intros a b. induction a as [|u a IH]; [simpl; ring|]. cbn [app map]. rewrite !list_dot_cons, IH. ring. }
  induction m as [|m IH]; [reflexivity|]. rewrite seq_S, filter_app, App, IH. cbn [sum filter Nat.add]. destruct (q m); cbn [map]; [rewrite list_dot_cons|]; cbn [list_dot]; ring.
Qed.
Lemma list_dot_pairs (g : nat -> Q) T : forall t, length t = length T -> list_dot (map g T) t == lsum (combine T t) (fun p => snd p * g (fst p)).
Proof.
  induction T as [|j T IH]; intros [|u t] L; simpl in L; try discriminate; [reflexivity|]. cbn [map combine]. rewrite list_dot_cons, lsum_cons, IH by lia. cbn [fst snd]. ring.
Qed.
Lemma weigh_out T : forall t j, ~ In j T -> weigh (combine T t) j == 0.
Proof.
  induction T as [|a T IH]; intros [|u t] j Hj; try reflexivity. cbn [combine]. unfold weigh in *. rewrite lsum_cons, IH by (intros K; apply Hj; right; exact K).
  cbn [fst]. replace (Nat.eqb a j) with false by (symmetry; apply Nat.eqb_neq; intros ->; apply Hj; left; reflexivity). ring.
Qed.
Lemma weigh_at T : forall t i, NoDup T -> length t = length T -> (i < length T)%nat -> weigh (combine T t) (nth i T 0%nat) == nth i t 0.
Proof.
  induction T as [|a T IH]; intros [|u t] i Hnd L Hi; simpl in L, Hi; try discriminate; [lia|]. inversion Hnd; subst.
  cbn [combine]. unfold weigh in *. rewrite lsum_cons. cbn [fst snd]. destruct i as [|i]; cbn [nth].
  - rewrite Nat.eqb_refl. pose proof (weigh_out T t a H1) as Z. unfold weigh in Z. rewrite Z. ring.
  - replace (Nat.eqb a (nth i T 0%nat)) with false; [rewrite IH by (try assumption; lia); ring|].
    symmetry. apply Nat.eqb_neq. intros E. apply H1. rewrite E. apply nth_In. lia.
Qed.
Fixpoint sublists (k : nat) (l : list nat) : list (list nat) :=                        (* of at most k elements *)
  match l with
  | [] => [[]]
  | a :: r => sublists k r ++ match k with O => [] | S k' => map (cons a) (sublists k' r) end
  end.
Lemma filter_shorter (q : nat -> bool) l : (length (filter q l) <= length l)%nat.
Proof. induction l as [|a l IH]; simpl; [lia|]. destruct (q a); simpl; lia. Qed.
Lemma sublists_filter q l : forall k, (length (filter q l) <= k)%nat -> In (filter q l) (sublists k l).
Proof.
  induction l as [|a l IH]; intros k H; [left; reflexivity|]. cbn [filter sublists] in *. apply in_or_app. destruct (q a).
  - right. destruct k as [|k]; simpl in H; [lia|]. apply in_map, IH. lia.
  - left. apply IH, H.
Qed.

(* -- rigid points -- *)
Section Rigid.
Variable s : system.
Variables (m : nat) (P : state).
Variable product : vector -> vector -> Q.                                             (* computes <Ax, y> *)
Hypothesis product_ok : forall x y, product x y == form s x y.
Notation d := (dim s).
Definition affine_rows (T : list nat) : list (list Q) := map (fun _ => 1) T :: map (fun r => map (fun j => P j r) T) (seq 0 d).
Definition form_rows (T : list nat) : list (list Q) :=
  map (fun _ => 1) T :: map (fun a => map (fun j => product (P j) (P a) - product (P j) (P (hd 0%nat T))) T) T.
Lemma affine_length T : of_length (length T) (affine_rows T).
Proof.
  intros row [<-|H]; [apply map_length|]. apply in_map_iff in H. destruct H as [r [<- _]]. apply map_length.
Qed.
Lemma form_length T : of_length (length T) (form_rows T).
Proof. intros row [<-|H]; [apply map_length|]. apply in_map_iff in H. destruct H as [r [<- _]]. apply map_length. Qed.

Definition carries (w : nat -> Q) (j : nat) : bool := negb (Qle_bool (w j) 0).
Lemma carries_ok w j : carries w j = true <-> 0 < w j.
Proof. unfold carries. rewrite negb_true_iff, <- not_true_iff_false, Qle_bool_iff. split; intros H; lra. Qed.
Definition support (w : nat -> Q) : list nat := filter (carries w) (seq 0 m).
Definition gives (w : nat -> Q) (x : vector) : Prop := convex m w /\ forall r, (r < d)%nat -> x r == sum m (fun j => w j * P j r).

(* Caratheodory: the points that carry weight may be taken affinely independent *)
Lemma fewer w x t : gives w x -> kernel (length (support w)) (affine_rows (support w)) = Some t ->
  exists v, gives v x /\ (length (support v) < length (support w))%nat.
Proof.
  intros [[Hw W1] Hx] K. set (T := support w) in *. destruct (kernel_some _ _ _ (affine_length T) K) as [Lt [[i0 [Hi0 Hne]] Hz]].
  assert (Hnd : NoDup T) by (apply NoDup_filter, seq_NoDup).
  assert (HT : forall j, In j T <-> (j < m)%nat /\ 0 < w j).
  { intros j. unfold T, support. rewrite filter_In, carries_ok, in_seq. intuition lia. }
  set (tau := weigh (combine T t)).
  assert (Pairs : forall p, In p (combine T t) -> (fst p < m)%nat).
  { intros [j u] Hp. apply in_combine_l in Hp. apply HT in Hp. apply Hp. }
  assert (Rows : forall g, In (map g T) (affine_rows T) -> sum m (fun j => tau j * g j) == 0).
  { intros g Hg. unfold tau. rewrite weigh_sum by exact Pairs. rewrite <- list_dot_pairs by exact Lt. apply Hz, Hg. }
  assert (S1 : sum m (fun j => tau j * 1) == 0) by (apply (Rows (fun _ => 1)); left; reflexivity).
  assert (SP : forall r, (r < d)%nat -> sum m (fun j => tau j * P j r) == 0).
  { intros r Hr. apply (Rows (fun j => P j r)). right. apply in_map_iff. exists r. split; [reflexivity|apply in_seq; lia]. }
  assert (Out : forall j, ~ In j T -> tau j == 0) by (intros j Hj; apply weigh_out, Hj).
  (* some tau is positive *)
  assert (Hpos : exists j, (j < m)%nat /\ 0 < tau j).
  { assert (Hj0 : In (nth i0 T 0%nat) T) by (apply nth_In; exact Hi0). pose proof (proj1 (HT _) Hj0) as [Hj0m _].
    assert (E0 : tau (nth i0 T 0%nat) == nth i0 t 0) by (apply weigh_at; assumption).
    destruct (Qlt_le_dec 0 (tau (nth i0 T 0%nat))) as [|L]; [exists (nth i0 T 0%nat); auto|].
    destruct (existsb (fun j => negb (Qle_bool (tau j) 0)) (seq 0 m)) eqn:Ex.
    - apply existsb_exists in Ex. destruct Ex as [j [Hj A]]. apply in_seq in Hj. exists j. split; [lia|].
      apply negb_true_iff in A. rewrite <- not_true_iff_false, Qle_bool_iff in A. lra.
    - exfalso. apply Hne. rewrite <- E0.
      assert (Z : forall j, (j < m)%nat -> 0 <= - tau j).
      { intros j Hj. rewrite <- not_true_iff_false, existsb_exists in Ex. destruct (Qlt_le_dec 0 (tau j)) as [G|G]; [|lra].
        exfalso. apply Ex. exists j. split; [apply in_seq; lia|]. apply negb_true_iff. rewrite <- not_true_iff_false, Qle_bool_iff. lra. }
      assert (- tau (nth i0 T 0%nat) == 0); [|lra].
      apply (sum_nonneg_0 m (fun j => - tau j)); [exact Z| |exact Hj0m].
      rewrite (sum_ext m _ (fun j => -1 * (tau j * 1))) by (intros; ring). rewrite sum_scal, S1. lra. }
  (* the first weight that vanishes on the way *)
  assert (Hmin : exists a, (a < m)%nat /\ 0 < tau a /\ forall j, (j < m)%nat -> 0 < tau j -> w a / tau a <= w j / tau j).
  { clear - Hpos. assert (G : forall k, (exists j, (j < k)%nat /\ 0 < tau j) -> exists a, (a < k)%nat /\ 0 < tau a /\ forall j, (j < k)%nat -> 0 < tau j -> w a / tau a <= w j / tau j).
    { induction k as [|k IH]; intros [j [Hj Hp]]; [lia|].
      destruct (existsb (fun j => negb (Qle_bool (tau j) 0)) (seq 0 k)) eqn:Ex.
      - apply existsb_exists in Ex. destruct Ex as [b [Hb B]]. apply in_seq in Hb. apply negb_true_iff in B. rewrite <- not_true_iff_false, Qle_bool_iff in B.
        destruct IH as [a [Ha [Hta Hm]]]; [exists b; split; [lia|lra]|].
        destruct (Qlt_le_dec 0 (tau k)) as [Hk|Hk].
        + destruct (Qlt_le_dec (w k / tau k) (w a / tau a)) as [L|L].
          * exists k. split; [lia|]. split; [assumption|]. intros i Hi Hti. destruct (Nat.eq_dec i k) as [->|]; [lra|]. specialize (Hm i ltac:(lia) Hti). lra.
          * exists a. split; [lia|]. split; [assumption|]. intros i Hi Hti. destruct (Nat.eq_dec i k) as [->|]; [exact L|]. apply Hm; [lia|assumption].
        + exists a. split; [lia|]. split; [assumption|]. intros i Hi Hti. destruct (Nat.eq_dec i k) as [->|]; [lra|]. apply Hm; [lia|assumption].
      - assert (None' : forall i, (i < k)%nat -> ~ 0 < tau i).
        { intros i Hi K. rewrite <- not_true_iff_false, existsb_exists in Ex. apply Ex. exists i. split; [apply in_seq; lia|].
          apply negb_true_iff. rewrite <- not_true_iff_false, Qle_bool_iff. lra. }
        destruct (Nat.eq_dec j k) as [->|]; [|exfalso; apply (None' j); [lia|assumption]].
        exists k. split; [lia|]. split; [assumption|]. intros i Hi Hti. destruct (Nat.eq_dec i k) as [->|]; [lra|]. exfalso. apply (None' i); [lia|assumption]. }
    apply G. exact Hpos. }
  destruct Hmin as [a [Ha [Hta Hmin]]]. set (ratio := w a / tau a) in *.
  assert (Hr0 : 0 <= ratio) by (apply Qle_shift_div_l; [assumption|]; specialize (Hw a Ha); lra).
  exists (fun j => w j - ratio * tau j). split; [split; [split|]|].
  - intros j Hj. destruct (Qlt_le_dec 0 (tau j)) as [Hp|Hn].
    + specialize (Hmin j Hj Hp). assert (ratio * tau j <= w j / tau j * tau j) by (apply Qmult_le_compat_r; lra).
      assert (E : w j / tau j * tau j == w j) by (field; lra). lra.
    + specialize (Hw j Hj). assert (0 <= ratio * - tau j) by (apply Qmult_le_0_compat; lra). lra.
  - rewrite (sum_ext m _ (fun j => w j - ratio * (tau j * 1))) by (intros; ring). rewrite sum_minus, sum_scal, S1, W1. ring.
  - intros r Hr. rewrite (Hx r Hr). rewrite (sum_ext m (fun j => (w j - ratio * tau j) * P j r) (fun j => w j * P j r - ratio * (tau j * P j r))) by (intros; ring).
    rewrite sum_minus, sum_scal, (SP r Hr). ring.
  - assert (InA : In a T). { destruct (in_dec Nat.eq_dec a T) as [|N]; [assumption|]. rewrite (Out a N) in Hta. lra. }
    set (V := support (fun j => w j - ratio * tau j)).
    assert (Hincl : incl (a :: V) T).
    { intros j [<-|Hj]; [exact InA|]. unfold V, support in Hj. rewrite filter_In, carries_ok, in_seq in Hj. destruct Hj as [Hj Hc].
      destruct (in_dec Nat.eq_dec j T) as [|N]; [assumption|]. rewrite (Out j N) in Hc. apply HT. split; [lia|]. lra. }
    assert (Hnd' : NoDup (a :: V)).
    { constructor; [|apply NoDup_filter, seq_NoDup]. unfold V, support. rewrite filter_In, carries_ok. intros [_ Hc].
      assert (E : ratio * tau a == w a) by (unfold ratio; field; lra). lra. }
    pose proof (NoDup_incl_length Hnd' Hincl) as L. simpl in L. fold V. lia.
Qed.
Lemma caratheodory x : forall k w, (length (support w) <= k)%nat -> gives w x ->
  exists v, gives v x /\ kernel (length (support v)) (affine_rows (support v)) = None.
Proof.
  induction k as [|k IH]; intros w Hk Hw; destruct (kernel (length (support w)) (affine_rows (support w))) as [t|] eqn:K;
    try (exists w; split; assumption).
  - destruct (fewer w x t Hw K) as [v [_ L]]. lia.
  - destruct (fewer w x t Hw K) as [v [Hv L]]. apply (IH v); [lia|exact Hv].
Qed.

(* any points of them that are affinely independent have an invertible matrix of <A e_i, e_j> *)
Definition rigid_b : bool :=
  forallb (fun T => match kernel (length T) (affine_rows T), kernel (length T) (form_rows T) with None, Some _ => false | _, _ => true end)
    (sublists (S d) (seq 0 m)).

Variable K : vector -> Prop.
Hypothesis HK : forall x, K x <-> exists w, gives w x.
Definition of_S (x : vector) : Prop := K x /\ ~ same s x (fun _ => 0) /\ forall y, K y -> form s x y <= form s x x.
Lemma at_support x v j : of_S x -> gives v x -> (j < m)%nat -> 0 < v j -> form s x (P j) == form s x x.
Proof.
  intros [_ [_ Mx]] [Hv Hx] Hj Hp.
  assert (HP : forall i, (i < m)%nat -> K (P i)).
  { intros i Hi. apply HK. exists (fun j => if Nat.eqb j i then 1 else 0). split; [split|].
    - intros l _. destruct (Nat.eqb l i); lra.
    - rewrite (sum_single m _ i Hi); [rewrite Nat.eqb_refl; reflexivity|]. intros l _ Hl. apply Nat.eqb_neq in Hl. rewrite Hl. reflexivity.
    - intros r _. rewrite (sum_single m _ i Hi); [rewrite Nat.eqb_refl; ring|]. intros l _ Hl. apply Nat.eqb_neq in Hl. rewrite Hl. ring. }
  apply (mean_tight m v (fun j => form s x (P j))); try assumption.
  - intros i Hi. apply Mx, HP, Hi.
  - assert (E : form s x x == sum m (fun j => v j * form s x (P j))).
    { rewrite (form_ext s x x x _ (same_refl s x) Hx). apply dot_sum. }
    rewrite <- E. lra.
Qed.
Lemma gives_form w x : gives w x -> forall z, sum m (fun j => w j * form s (P j) z) == form s x z.
Proof. intros [_ Hx] z. rewrite (form_ext s x _ z z Hx (same_refl s z)), form_sum_l. reflexivity. Qed.
Lemma rigid_unique x y u v : rigid_b = true -> of_S x -> of_S y -> gives u x -> gives v y -> support u = support v ->
  kernel (length (support u)) (affine_rows (support u)) = None -> same s x y.
Proof.
  intros Hr Sx Sy Gu Gv E Ka. set (T := support u) in *.
  assert (Len : (length T <= S d)%nat).
  { destruct (Nat.le_gt_cases (length T) (S d)) as [|G]; [assumption|]. exfalso. apply (kernel_wide (length T) (affine_rows T)); [|exact Ka].
    unfold affine_rows. simpl. rewrite map_length, seq_length. lia. }
  unfold rigid_b in Hr. rewrite forallb_forall in Hr. specialize (Hr T (sublists_filter (carries u) (seq 0 m) (S d) Len)). rewrite Ka in Hr.
  destruct (kernel (length T) (form_rows T)) eqn:Kf; [discriminate|].
  assert (Cu : forall j, (j < m)%nat -> In j T <-> 0 < u j) by (intros j Hj; unfold T, support; rewrite filter_In, carries_ok, in_seq; intuition lia).
  assert (Cv : forall j, (j < m)%nat -> In j T <-> 0 < v j) by (intros j Hj; rewrite E; unfold support; rewrite filter_In, carries_ok, in_seq; intuition lia).
  set (w := fun j => u j - v j).
  assert (Sums : forall g, list_dot (map g T) (map w T) == sum m (fun j => u j * g j) - sum m (fun j => v j * g j)).
  { intros g. unfold T, support. rewrite list_dot_filter, <- sum_minus. apply sum_ext. intros j Hj. destruct (carries u j) eqn:C.
    - unfold w. ring.
    - assert (N : ~ In j T) by (unfold T, support; rewrite filter_In; intros [_ C']; congruence).
      assert (u j == 0) as ->. { destruct Gu as [[G _] _]. specialize (G j Hj). destruct (Qlt_le_dec 0 (u j)) as [L|L]; [exfalso; apply N, Cu; assumption|lra]. }
      assert (v j == 0) as ->. { destruct Gv as [[G _] _]. specialize (G j Hj). destruct (Qlt_le_dec 0 (v j)) as [L|L]; [exfalso; apply N, Cv; assumption|lra]. }
      ring. }
  assert (Tm : forall j, In j T -> (j < m)%nat) by (intros j Hj; unfold T, support in Hj; apply filter_In in Hj; destruct Hj as [Hj _]; apply in_seq in Hj; lia).
  assert (Zero : forall i, nth i (map w T) 0 == 0).
  { apply (kernel_none _ _ (form_length T) Kf); [apply map_length|].
    intros row [<-|Hrow].
    - rewrite Sums. rewrite !(sum_ext m (fun j => _ * 1) _ (fun j _ => Qmult_1_r _)). destruct Gu as [[_ U1] _], Gv as [[_ V1] _]. rewrite U1, V1. ring.
    - apply in_map_iff in Hrow. destruct Hrow as [a [<- Ha]]. rewrite (Sums (fun j => product (P j) (P a) - product (P j) (P (hd 0%nat T)))).
      rewrite (sum_ext m (fun j => u j * (product (P j) (P a) - product (P j) (P (hd 0%nat T)))) (fun j => u j * form s (P j) (P a) - u j * form s (P j) (P (hd 0%nat T)))) by (intros; rewrite !product_ok; ring).
      rewrite (sum_ext m (fun j => v j * (product (P j) (P a) - product (P j) (P (hd 0%nat T)))) (fun j => v j * form s (P j) (P a) - v j * form s (P j) (P (hd 0%nat T)))) by (intros; rewrite !product_ok; ring).
      rewrite !sum_minus, !(gives_form u x Gu), !(gives_form v y Gv).
      assert (Hh : In (hd 0%nat T) T) by (destruct T; [contradiction|left; reflexivity]).
      rewrite !(at_support x u _ Sx Gu) by (auto; apply Cu; auto). rewrite !(at_support y v _ Sy Gv) by (auto; apply Cv; auto). ring. }
  destruct Gu as [[U0 _] Hx], Gv as [[V0 _] Hy]. intros r Hr'. rewrite (Hx r Hr'), (Hy r Hr'). apply sum_ext. intros j Hj.
  destruct (in_dec Nat.eq_dec j T) as [I|N].
  - apply (In_nth _ _ 0%nat) in I. destruct I as [i [Hi <-]]. specialize (Zero i). rewrite (nth_map w T i 0%nat 0) in Zero by assumption. unfold w in Zero.
    assert (u (nth i T 0%nat) == v (nth i T 0%nat)) as -> by lra. reflexivity.
  - assert (u j == 0) as ->. { specialize (U0 j Hj). destruct (Qlt_le_dec 0 (u j)) as [L|L]; [exfalso; apply N, Cu; assumption|lra]. }
    assert (v j == 0) as ->. { specialize (V0 j Hj). destruct (Qlt_le_dec 0 (v j)) as [L|L]; [exfalso; apply N, Cv; assumption|lra]. }
    reflexivity.
Qed.
(* FORMAT.md, lemma limit-set *)
Theorem rigid_finite : rigid_b = true -> finite s of_S.
Proof.
  intros Hr. exists (length (sublists m (seq 0 m))). intros l Hl Hne.
  assert (G : exists Ts : list (list nat), length Ts = length l /\ NoDup Ts /\ incl Ts (sublists m (seq 0 m)) /\
     forall T, In T Ts -> exists x v, In x l /\ gives v x /\ support v = T /\ kernel (length T) (affine_rows T) = None).
  { induction l as [|x l IH].
    - exists []. repeat split; try constructor; intros T [].
    - inversion Hne as [|? ? Hx Hrest]; subst. destruct IH as [Ts [E1 [E2 [E3 E4]]]]; [intros; apply Hl; simpl; auto|assumption|].
      assert (Sx : of_S x) by (apply Hl; simpl; auto). destruct (proj1 (HK x) (proj1 Sx)) as [w Hw].
      destruct (caratheodory x _ w (Nat.le_refl _) Hw) as [v [Hv Kv]]. exists (support v :: Ts). split; [simpl; lia|]. split; [|split].
      + constructor; [|assumption]. intros Hin. destruct (E4 _ Hin) as [y [u [Hy [Hu [Es _]]]]]. rewrite Forall_forall in Hx. apply (Hx y Hy).
        apply (rigid_unique x y v u); try assumption; [apply Hl; simpl; auto|symmetry; exact Es].
      + intros T [<-|HT]; [|apply E3, HT]. unfold support. apply sublists_filter. eapply Nat.le_trans; [apply filter_shorter|]. rewrite seq_length. lia.
      + intros T [<-|HT]; [exists x, v; repeat split; auto; [left; reflexivity|apply Hv..]|].
        destruct (E4 T HT) as [y [u [A [B C]]]]. exists y, u. split; [right; exact A|auto]. }
  destruct G as [Ts [E1 [E2 [E3 _]]]]. rewrite <- E1. apply NoDup_incl_length; assumption.
Qed.
(* if S is finite, it lies in the boundary: at an interior point <Ax, .> is 0, so all small multiples of x belong to S *)
Theorem finite_boundary : finite s of_S -> forall x, of_S x -> ~ interior s K x.
Proof.
  intros [N HN] x [Kx [H0 Mx]] [eps [He Hi]].
  set (unit := fun (r : nat) (c : Q) (q : nat) => if Nat.eqb q r then c else 0).
  assert (Hform : forall r c, (r < d)%nat -> form s x (unit r c) == c * image s x r).
  { intros r c Hr. unfold form, dot at 1, unit. rewrite (sum_single d _ r Hr); [rewrite Nat.eqb_refl; ring|].
    intros q _ Hq. apply Nat.eqb_neq in Hq. rewrite Hq. ring. }
  assert (Himage : forall r, (r < d)%nat -> image s x r == 0).
  { intros r Hr.
    assert (B : forall c, Qabs c <= eps -> c * image s x r <= 0).
    { intros c Hc. assert (Ky : K (fun q => 1 * x q + 1 * unit r c q)).
      { apply Hi. intros q Hq. setoid_replace (1 * x q + 1 * unit r c q - x q) with (unit r c q) by ring. unfold unit.
        destruct (Nat.eqb q r); [exact Hc|simpl; lra]. }
      specialize (Mx _ Ky). rewrite form_lin_r, Hform in Mx by assumption. lra. }
    assert (B1 : eps * image s x r <= 0) by (apply B; rewrite Qabs_pos; lra).
    assert (B2 : - eps * image s x r <= 0) by (apply B; rewrite Qabs_neg; lra).
    assert (E : eps * image s x r == 0) by lra. apply Qmult_integral in E. destruct E; [lra|assumption]. }
  assert (Z : forall c y, form s (fun q => c * x q + 0 * x q) y == 0).
  { intros c y. rewrite form_lin_l. assert (E : form s x y == 0); [|rewrite E; ring].
    unfold form, dot. apply sum_0. intros q Hq. rewrite (Himage q Hq). ring. }
  set (B := maxn d (fun r => Qabs (x r))). pose proof (maxn_nonneg d (fun r => Qabs (x r))) as HB. fold B in HB.
  set (h := eps / (B + 1)). assert (Hh : 0 < h) by (apply Qlt_shift_div_l; lra).
  set (pt := fun (k : nat) (q : nat) => (1 + h / (qn k + 1)) * x q + 0 * x q).
  assert (Hk : forall k, 0 < h / (qn k + 1) /\ h / (qn k + 1) <= h).
  { intros k. pose proof (qn_nonneg k). split; [apply Qlt_shift_div_l; lra|]. apply Qle_shift_div_r; [lra|]. assert (0 <= h * qn k) by (apply Qmult_le_0_compat; lra). lra. }
  assert (Hpt : forall k, of_S (pt k)).
  { intros k. destruct (Hk k) as [P1 P2]. split; [|split].
    - apply Hi. intros r Hr. unfold pt. setoid_replace ((1 + h / (qn k + 1)) * x r + 0 * x r - x r) with (h / (qn k + 1) * x r) by ring.
      rewrite Qabs_Qmult, (Qabs_pos (h / _)) by lra. pose proof (maxn_ge d (fun r => Qabs (x r)) r Hr) as Hm. fold B in Hm. cbv beta in Hm.
      pose proof (Qabs_nonneg (x r)).
      assert (h / (qn k + 1) * Qabs (x r) <= h * Qabs (x r)) by (apply Qmult_le_compat_r; assumption).
      assert (h * Qabs (x r) <= h * B) by (rewrite !(Qmult_comm h); apply Qmult_le_compat_r; lra).
      assert (h * B == eps - h) by (unfold h; field; lra). lra.
    - intros E. apply H0. intros r Hr. specialize (E r Hr). unfold pt in E.
      assert (E' : (1 + h / (qn k + 1)) * x r == 0) by lra. apply Qmult_integral in E'. destruct E'; [lra|assumption].
    - intros y _. unfold pt. rewrite !Z. lra. }
  specialize (HN (map pt (seq 0 (S N)))). rewrite map_length, seq_length in HN. apply (Nat.nle_succ_diag_l N), HN.
  - intros y Hy. apply in_map_iff in Hy. destruct Hy as [k [<- _]]. apply Hpt.
  - assert (Apart : forall k l, (k < l)%nat -> ~ same s (pt k) (pt l)).
    { intros k l Hkl E. apply H0. intros r Hr. specialize (E r Hr). unfold pt in E.
      assert (Lt : h / (qn l + 1) < h / (qn k + 1)).
      { pose proof (qn_nonneg k). assert (Q : qn k < qn l).
        { clear - Hkl. induction Hkl; cbn [qn]; lra. }
        apply Qlt_shift_div_l; [lra|]. setoid_replace (h / (qn l + 1) * (qn k + 1)) with (h * ((qn k + 1) / (qn l + 1))) by (field; lra).
        assert ((qn k + 1) / (qn l + 1) < 1) by (apply Qlt_shift_div_r; lra). assert (0 < h * (1 - (qn k + 1) / (qn l + 1))) by (apply Qmult_lt_0_compat; lra). lra. }
      assert (E' : (h / (qn k + 1) - h / (qn l + 1)) * x r == 0) by lra. apply Qmult_integral in E'. destruct E'; [lra|assumption]. }
    assert (Pairs : forall M a, ForallOrdPairs (fun x y => ~ same s x y) (map pt (seq a M))); [|apply Pairs].
    clear HN. induction M as [|M IH]; intros a; simpl; constructor; [|apply IH].
    apply Forall_forall. intros y Hy. apply in_map_iff in Hy. destruct Hy as [l [<- Hl]]. apply in_seq in Hl. apply Apart. lia.
Qed.
End Rigid.
