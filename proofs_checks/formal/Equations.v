(* Homogeneous systems of linear equations: a solution other than 0, or a proof that there is none. *)
From Exactdyn Require Export Sums.
Import ListNotations.
Open Scope Q_scope.

Fixpoint list_dot (x y : list Q) : Q := match x, y with a :: x', b :: y' => Qred (a * b + list_dot x' y') | _, _ => 0 end.
Fixpoint list_less (c : Q) (x y : list Q) : list Q := match x, y with a :: x', b :: y' => Qred (a - c * b) :: list_less c x' y' | _, _ => [] end.
Fixpoint pull (rows : list (list Q)) : option (list Q * list (list Q)) :=            (* a row that does not begin with 0, and the others *)
  match rows with
  | [] => None
  | row :: rest => if Qeq_bool (hd 0 row) 0 then match pull rest with Some (p, others) => Some (p, row :: others) | None => None end
                   else Some (row, rest)
  end.
Fixpoint kernel (m : nat) (rows : list (list Q)) : option (list Q) :=
  match m with
  | O => None
  | S m' =>
      match pull rows with
      | None => Some (1 :: repeat 0 m')
      | Some (p, others) =>
          match kernel m' (map (fun row => list_less (Qred (hd 0 row / hd 0 p)) (tl row) (tl p)) others) with
          | None => None
          | Some t => Some (Qred (- list_dot (tl p) t / hd 0 p) :: t)
          end
      end
  end.
Lemma list_dot_cons a x b y : list_dot (a :: x) (b :: y) == a * b + list_dot x y.
Proof. cbn [list_dot]. apply Qred_correct. Qed.
Lemma list_less_length c x : forall y, length x = length y -> length (list_less c x y) = length x.
Proof. induction x as [|a x IH]; intros [|b y] H; simpl in *; try discriminate; auto. Qed.
Lemma list_less_dot c x : forall y t, length x = length y -> list_dot (list_less c x y) t == list_dot x t - c * list_dot y t.
Proof.
  induction x as [|a x IH]; intros [|b y] t H; simpl in H; try discriminate; [simpl; ring|].
  destruct t as [|u t]; [simpl; ring|]. cbn [list_less]. rewrite !list_dot_cons, Qred_correct, IH by lia. ring.
Qed.
Lemma list_dot_zero x : forall m, list_dot x (repeat 0 m) == 0.
Proof. induction x as [|a x IH]; intros [|m]; try reflexivity. cbn [repeat]. rewrite list_dot_cons, IH. ring. Qed.
Lemma list_dot_all_zero x : forall t, (forall i, nth i t 0 == 0) -> list_dot x t == 0.
Proof.
  induction x as [|a x IH]; intros [|u t] H; try reflexivity. rewrite list_dot_cons, (IH t) by (intros i; exact (H (S i))).
  rewrite (H 0%nat : u == 0). ring.
Qed.
Lemma pull_some rows : forall p others, pull rows = Some (p, others) ->
  ~ hd 0 p == 0 /\ (forall row, In row rows <-> row = p \/ In row others) /\ length rows = S (length others).
Proof.
  induction rows as [|row rest IH]; intros p others H; [discriminate|]. cbn [pull] in H. destruct (Qeq_bool (hd 0 row) 0) eqn:E.
  - destruct (pull rest) as [[q o]|]; [|discriminate]. injection H as <- <-. destruct (IH q o eq_refl) as [A [B C]].
    split; [assumption|]. split; [|simpl; lia]. intros r. simpl. rewrite B. tauto.
  - injection H as <- <-. split; [apply Qeq_bool_neq, E|]. split; [|reflexivity]. intros r. simpl. split; intros [K|K]; auto.
Qed.
Lemma pull_none rows : pull rows = None -> forall row, In row rows -> hd 0 row == 0.
Proof.
  induction rows as [|r rest IH]; intros H row Hin; [contradiction|]. cbn [pull] in H. destruct (Qeq_bool (hd 0 r) 0) eqn:E; [|discriminate].
  destruct (pull rest) as [[q o]|]; [discriminate|]. destruct Hin as [<-|Hin]; [apply Qeq_bool_iff, E|apply IH; auto].
Qed.
Definition of_length (m : nat) (rows : list (list Q)) : Prop := forall row, In row rows -> length row = m.
Lemma reduced_length m p others : of_length (S m) (p :: others) ->
  of_length m (map (fun row => list_less (Qred (hd 0 row / hd 0 p)) (tl row) (tl p)) others).
Proof.
  intros H row Hr. apply in_map_iff in Hr. destruct Hr as [r [<- Hr]].
  pose proof (H r (or_intror Hr)) as L. pose proof (H p (or_introl eq_refl)) as Lp.
  destruct r as [|a r]; [discriminate|]. destruct p as [|b p]; [discriminate|]. cbn [tl] in *. simpl in L, Lp. rewrite list_less_length; lia.
Qed.
Lemma head_tail row u t : list_dot row (u :: t) == hd 0 row * u + list_dot (tl row) t.
Proof. destruct row as [|a row]; [simpl; ring|]. rewrite list_dot_cons. reflexivity. Qed.
Lemma pulled_length m rows p others : of_length (S m) rows -> pull rows = Some (p, others) -> of_length (S m) (p :: others).
Proof.
  intros H E row Hr. destruct (pull_some _ _ _ E) as [_ [B _]]. apply H, B. destruct Hr as [<-|Hr]; auto.
Qed.
Lemma reduced_dot_zero p row t : ~ hd 0 p == 0 -> length (tl row) = length (tl p) ->
  (list_dot (list_less (Qred (hd 0 row / hd 0 p)) (tl row) (tl p)) t == 0 <-> list_dot (tl row) t == hd 0 row * (list_dot (tl p) t / hd 0 p)).
Proof.
  intros Hp L. rewrite list_less_dot by assumption. rewrite Qred_correct.
  setoid_replace (hd 0 row * (list_dot (tl p) t / hd 0 p)) with (hd 0 row / hd 0 p * list_dot (tl p) t) by (field; assumption).
  split; intros H; lra.
Qed.
Lemma kernel_some m : forall rows t, of_length m rows -> kernel m rows = Some t ->
  length t = m /\ (exists i, (i < m)%nat /\ ~ nth i t 0 == 0) /\ forall row, In row rows -> list_dot row t == 0.
Proof.
  induction m as [|m IH]; intros rows t Hl H; [discriminate|]. cbn [kernel] in H. destruct (pull rows) as [[p others]|] eqn:E.
  - pose proof (pulled_length m rows p others Hl E) as Hl'. destruct (pull_some _ _ _ E) as [A [B _]].
    destruct (kernel m _) as [t'|] eqn:K in H; [|discriminate]. injection H as <-.
    destruct (IH _ _ (reduced_length m p others Hl') K) as [C [[i [Hi Ht]] D]].
    split; [simpl; lia|]. split; [exists (S i); split; [lia|exact Ht]|].
    assert (Ep : forall row, length row = S m -> list_dot (tl row) t' == hd 0 row * (list_dot (tl p) t' / hd 0 p) ->
                 list_dot row (Qred (- list_dot (tl p) t' / hd 0 p) :: t') == 0).
    { intros row _ Er. rewrite head_tail, Qred_correct, Er. field. assumption. }
    intros row Hr. apply B in Hr. destruct Hr as [->|Hr].
    + apply Ep; [apply Hl'; left; reflexivity|]. field. assumption.
    + apply Ep; [apply Hl'; right; exact Hr|].
      pose proof (Hl' row (or_intror Hr)) as L1. pose proof (Hl' p (or_introl eq_refl)) as L2.
      apply reduced_dot_zero; [assumption|destruct row, p; simpl in *; lia|]. apply D, in_map_iff. exists row. auto.
  - injection H as <-. split; [simpl; rewrite repeat_length; reflexivity|]. split; [exists 0%nat; split; [lia|simpl; lra]|].
    intros row Hr. rewrite head_tail, (pull_none rows E row Hr), list_dot_zero. ring.
Qed.
Lemma kernel_none m : forall rows, of_length m rows -> kernel m rows = None -> forall t, length t = m ->
  (forall row, In row rows -> list_dot row t == 0) -> forall i, nth i t 0 == 0.
Proof.
  induction m as [|m IH]; intros rows Hl H t Lt Hz i; [destruct t; [destruct i; reflexivity|discriminate]|].
  cbn [kernel] in H. destruct (pull rows) as [[p others]|] eqn:E; [|discriminate].
  pose proof (pulled_length m rows p others Hl E) as Hl'. destruct (pull_some _ _ _ E) as [A [B _]].
  destruct (kernel m _) as [t'|] eqn:K in H; [discriminate|]. destruct t as [|u t]; [discriminate|].
  assert (Zp : list_dot p (u :: t) == 0) by (apply Hz, B; auto). rewrite head_tail in Zp.
  assert (Eu : u == - list_dot (tl p) t / hd 0 p) by (field_simplify_eq; [lra|assumption]).
  assert (Zt : forall j, nth j t 0 == 0).
  { apply (IH _ (reduced_length m p others Hl') K t); [simpl in Lt; lia|].
    intros row Hr. apply in_map_iff in Hr. destruct Hr as [r [<- Hr]].
    pose proof (Hl' r (or_intror Hr)) as L1. pose proof (Hl' p (or_introl eq_refl)) as L2.
    apply reduced_dot_zero; [assumption|destruct r, p; simpl in *; lia|].
    assert (Zr : list_dot r (u :: t) == 0) by (apply Hz, B; auto). rewrite head_tail, Eu in Zr.
    setoid_replace (hd 0 r * (list_dot (tl p) t / hd 0 p)) with (- (hd 0 r * (- list_dot (tl p) t / hd 0 p))) by (field; assumption). lra. }
  destruct i as [|i]; [|apply Zt]. cbn [nth]. rewrite Eu, (list_dot_all_zero (tl p) t Zt). field. assumption.
Qed.
Lemma kernel_wide m : forall rows, (length rows < m)%nat -> kernel m rows <> None.
Proof.
  induction m as [|m IH]; intros rows H; [lia|]. cbn [kernel]. destruct (pull rows) as [[p others]|] eqn:E; [|discriminate].
  destruct (pull_some _ _ _ E) as [_ [_ L]]. specialize (IH (map (fun row => list_less (Qred (hd 0 row / hd 0 p)) (tl row) (tl p)) others)).
  rewrite map_length in IH. specialize (IH ltac:(lia)). destruct (kernel m _); [discriminate|contradiction].
Qed.
